({
  run: function (component, event, helper) {
    component.find("omni").getAgentWorkload().then(function (result) {
      console.log("configured " + result.configuredCapacity + ", current " + result.currentWorkload);
      console.log("interruptible " + result.configuredInterruptibleCapacity + ", current " + result.currentInterruptibleWorkload);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
